/**
 * Enter that ends an input method's composition (Chinese, Japanese) must not send the message. Web Chat sends on
 * `keypress` Enter and looks at neither `isComposing` nor keyCode 229; Safari ends the composition before the keydown of
 * the same Enter, which then says 229 only. So: such a keydown is kept from Web Chat, and so is the keypress it leads to.
 */
export function guardComposition(target: Document): void {
  let composing = false;
  let swallow = false;

  target.addEventListener('compositionstart', () => (composing = true), true);
  target.addEventListener('compositionend', () => (composing = false), true);
  target.addEventListener(
    'keydown',
    (event) => {
      swallow = event.key !== 'Tab' && (event.isComposing || composing || event.keyCode === 229);
      if (swallow && (event.key === 'Enter' || event.key === 'Escape')) event.stopImmediatePropagation();
    },
    true,
  );
  target.addEventListener(
    'keypress',
    (event) => {
      if (event.key !== 'Enter' || !(swallow || composing || event.isComposing)) return;
      // Without preventDefault a textarea would get the line break that the commit doesn't mean.
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    true,
  );
  target.addEventListener('keyup', () => (swallow = false), true);
}
