/* Questions: what the words of an answer are like. */

import { MONTHS } from './forms.js';

const ANSWERS = [
  [/^why\b|\bwhy\b/i, /\b(?:because|so that|in order to|reasons?|therefore|as a result|to ensure|since)\b/i],
  [/\bhow (?:often|regularly)\b/i, /\b(?:annual|annually|yearly|month|monthly|quarterly|weekly|regular|regularly|each year|every)\b/i],
  [/\bhow (?:much|many)\b|\bcosts?\b/i, /£|%|\b(?:per cent|\d+|one|two|three|four|five|six|seven|eight|nine|ten|million)\b/i],
  [/\bwhen\b|\bdeadline\b|\bwhat (?:date|day|year)\b|\bhow (?:soon|long)\b/i, new RegExp('\\b(?:(?:19|20)\\d\\d|' + MONTHS.join('|') + '|spring|summer|autumn|winter|deadline|months?|weeks?)\\b', 'i')],
  [/^(?:so )?who(?:se)?\b|\bwho\b/i, /\b(?:boards?|directors?|council|authority|authorities|partners?|members?|chair|chief|head|head teachers?|officers?|practitioners?|professionals?|secretary|government)\b/i],
];

/** What an answer to a query has, if it is a question of which that can be told. */
export const answerOf = query => {
  const found = ANSWERS.find(([asked]) => asked.test(query));
  return found && found[1];
};
