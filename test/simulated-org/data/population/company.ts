/** The company whose org this is. */
export const DOMAIN = 'alpenglow.example';
export const COMPANY = 'Alpenglow Outdoor';
