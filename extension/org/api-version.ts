/** The Salesforce API version that Orgwatch speaks. */
export const API_VERSION = '66.0';
