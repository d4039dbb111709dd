// Runs before the page is drawn, so that what needs scripts is neither missed nor seen for a moment without them.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
