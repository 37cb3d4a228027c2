/* The part of the LMS's XBlock runtime (version 1) that blocks use: handler addresses, notices, initialisation. */
(function () {
  "use strict";
  function prefix(element) {
    var root = element.closest("[data-usage-id]");
    var modes = { LmsRuntime: "courses", PreviewRuntime: "preview" };
    var mode = location.pathname.indexOf("/studio/block/") === 0 ? "studio" : modes[root.dataset.runtimeClass];
    return "/" + mode + "/" + encodeURIComponent(root.dataset.courseId) +
      "/xblock/" + encodeURIComponent(root.dataset.usageId) + "/handler/";
  }
  var runtime = {
    handlerUrl: function (element, name, suffix, query) {
      var raw = element[0] || element;
      return prefix(raw) + name + (suffix ? "/" + suffix : "") + (query ? "?" + query : "");
    },
    /* Studio's editor: save start and end, cancel, error. */
    notify: function (name, data) {
      var notice = document.getElementById("notice");
      if (!notice) { return; }
      if (name === "cancel") { location.assign(notice.dataset.back); }
      if (name === "save" && data && data.state === "end") {
        notice.textContent = notice.dataset.saved;
        notice.classList.add("shown");
      }
      if (name === "error") { notice.textContent = (data && (data.msg || data.message)) || ""; }
    }
  };
  window.CampusXBlock = {
    start: function () {
      document.querySelectorAll(".xblock[data-init]").forEach(function (element) {
        if (element.dataset.started) { return; }
        element.dataset.started = "1";
        var script = element.querySelector(":scope > .xblock-json-init-args");
        var start = window[element.dataset.init];
        if (typeof start === "function") {
          start(runtime, element, script ? JSON.parse(script.textContent) : undefined);
        }
      });
    }
  };
})();
