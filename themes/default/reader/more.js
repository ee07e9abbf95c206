/*
 * What a list needs only when it is asked for: the wall, files, a QR code of its address, notes. `list.js` loads this then.
 */
import { notesIn } from './notes.js';
import { openedFrom, saveList, saveNotes, savePack } from './saving.js';
import { squareOf } from './square.js';
import { fill, wallOf } from './wall.js';

window.clausebookWords.add(CATALOGUE);
clausebook.more = { fill, notesIn, openedFrom, saveList, saveNotes, savePack, squareOf, wallOf };
