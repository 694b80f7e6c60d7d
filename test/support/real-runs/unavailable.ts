/** Why something that a run needs cannot be had on this machine, through no fault of the project: a reason to skip. */
export class Unavailable extends Error {}
