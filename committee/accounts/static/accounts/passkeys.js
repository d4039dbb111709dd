// Passkeys need a script: what needs them is hidden until the browser is known to have them, and what goes wrong is
// said in words (allauth's own script only writes it to the console).
const able = Boolean(window.PublicKeyCredential && navigator.credentials)
for (const part of document.querySelectorAll('[data-passkey]')) {
  part.hidden = !able
}
for (const part of document.querySelectorAll('[data-no-passkey]')) {
  part.hidden = able
}

const WORDS = {
  NotAllowedError: 'The passkey was not used: you cancelled, or it took too long. Try again.',
  InvalidStateError: 'This device already has a passkey for your account. Use it, or choose another device.',
  SecurityError: 'Passkeys work only at the address of this service and over an encrypted connection.',
  NotSupportedError: 'This device can’t make a passkey of this kind. Use another device, or an authenticator app.'
}

document.addEventListener('allauth.error', function (event) {
  const place = document.querySelector('[data-passkey-problem]')
  if (!place) return
  event.preventDefault()
  const name = event.detail.exception && event.detail.exception.name
  const byNumber = /^[0-9.:[\]]+$/.test(window.location.hostname)
  if (name === 'SecurityError' && byNumber) {
    WORDS.SecurityError = 'Passkeys don’t work at an address made of numbers. Open this service by its name.'
  }
  place.textContent = WORDS[name] || 'The passkey could not be used. Try again, or use another way to sign in.'
  place.hidden = false
  place.focus()
})
