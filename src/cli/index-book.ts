import { readBook } from '#knowledge/book.ts';

/**
 * Run by `npm ci` and `npm run build`: writes the index of the book where a start reads it, unless it is there already and up
 * to date. Without it the first start would take seconds more until it answers.
 */
readBook().search.warm('worldwide');
