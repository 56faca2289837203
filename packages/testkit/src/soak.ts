/** Whether tests of endurance run at their full length (`npm run soak`), and not as long as a change can wait for. */
export const soak: boolean = process.env['PULLPATH_SOAK'] === 'full';
