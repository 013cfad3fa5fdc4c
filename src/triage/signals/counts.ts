const DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000, 万: 10_000 };

const MULTIPLIERS = new Set(['dozen', 'hundred', 'thousand', 'million']);
const WORDS: Readonly<Record<string, number>> = {
  a: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
  dozen: 12,
  hundred: 100,
  thousand: 1000,
  million: 1_000_000,
};

/** "two hundred", "twenty-five", "a dozen"; 0 for what is no number. */
function readWords(written: string): number {
  let sum = 0;
  for (const word of written.split(/[^a-z]+/u)) {
    const value = WORDS[word] ?? 0;
    sum = MULTIPLIERS.has(word) ? Math.max(sum, 1) * value : sum + value;
  }
  return sum;
}

/** Reads "1,200", "37", "twenty-five" or 三十五; 0 for what is no number. */
export function readCount(written: string): number {
  const plain = written.replaceAll(',', '');
  if (/^\d+$/u.test(plain)) return Number(plain);
  if (/^[a-z]/u.test(plain)) return readWords(plain);
  if (/^\d+[百千万]$/u.test(plain)) return Number.parseInt(plain, 10) * (UNITS[plain.slice(-1)] ?? 1);
  let sum = 0;
  let digit = 0;
  for (const character of plain) {
    const unit = UNITS[character];
    if (unit === undefined) digit = DIGITS[character] ?? 0;
    else {
      sum += (digit === 0 ? 1 : digit) * unit;
      digit = 0;
    }
  }
  return sum + digit;
}
