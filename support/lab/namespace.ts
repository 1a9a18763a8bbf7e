/** Where everything that is operated lives. */
export const namespace = 'kgents-agents'
