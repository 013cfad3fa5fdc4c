/** natural types only its index of stemmers, whose import costs 50 ms for fifteen languages; this one costs 7. */
declare module 'natural/lib/natural/stemmers/porter_stemmer.js' {
  const stemmer: { stem(word: string): string };
  export default stemmer;
}
