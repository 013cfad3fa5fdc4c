export {};
console.log('x');
