/** Imported first by `local`: compose files need no further package, but one that is there has to fit. */
import { checkInstallation } from './installation';

checkInstallation({ suffix: '.local', optional: true, needed: false });
