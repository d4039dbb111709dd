// Counts the characters of a box as the server does (`length` in committee/text.py): as the text will be kept, composed,
// a line end as one, each sign as one even where the computer needs two units for it, without marks that nobody can see.

const LINE_ENDS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g;
const UNSEEN =
  /[\0-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u3164\ufe00-\ufe0e\ufeff\uffa0\ufff0-\ufffb\u{1bca0}-\u{1bca3}\u{1d173}-\u{1d17a}\u{e0080}-\u{e0fff}]/u;
const JOINED_SCRIPTS = /[\u0600-\u0dff]/u;
const SYMBOLS = /[\u203c-\u2bff\u3030\u303d\u3297\u3299\u{1f000}-\u{1faff}]/u;

function isKept(mark, before, after) {
  if (mark === "\u200c") return JOINED_SCRIPTS.test(before) && JOINED_SCRIPTS.test(after);
  if (mark === "\u200d") {
    const joins = (one) => JOINED_SCRIPTS.test(one) || SYMBOLS.test(one);
    return (joins(before) || before === "\ufe0f") && joins(after);
  }
  if (mark === "\ufe0f") return /[#*0-9]/.test(before) ? after === "\u20e3" : /[\u00a9\u00ae]/.test(before) || SYMBOLS.test(before);
  return !UNSEEN.test(mark);
}

function withoutUnseen(text) {
  // The letters of a flag, such as England's, follow a black flag.
  const signs = [...text.replace(/(\u{1f3f4}?)[\u{e0000}-\u{e007f}]+/gu, (run, flag) => (flag ? run : ""))];
  const kept = signs.filter((sign, at) => isKept(sign, signs[at - 1] ?? "", signs[at + 1] ?? ""));
  return kept.length === signs.length ? signs.join("") : withoutUnseen(kept.join(""));
}

export function length(text) {
  const lines = text.replace(LINE_ENDS, "\n").replace(/\u2800/g, " ");
  return [...withoutUnseen(lines).normalize("NFC").trim()].length;
}

// The counter of GOV.UK Frontend counts what the computer needs (UTF-16), and so says more than there is of emoji.
export function countAsKept(counter) {
  counter.prototype.updateCount = function () {
    this.count = length(this.$textarea.value);
  };
}
