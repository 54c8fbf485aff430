/** From so many accounts on, a statement about some of them points to nobody. */
export const CROWD = 3;
