/* As the learning MFE: the iframe is as tall as its content says. */
(function () {
  "use strict";
  var frame = document.getElementById("unit");
  window.addEventListener("message", function (event) {
    if (event.source !== frame.contentWindow || event.origin !== location.origin) { return; }
    if (event.data && event.data.type === "plugin.resize") {
      frame.style.blockSize = event.data.payload.height + "px";
    }
  });
  var outline = document.querySelector(".outline");
  if (outline && window.matchMedia("(max-width: 63.99rem)").matches) { outline.open = false; }
})();
