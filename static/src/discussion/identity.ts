/** As whom one posts, and who will read it: always shown beside the button. */
import { html, nothing, type TemplateResult } from "lit";
import type { Draft } from "../shared/drafts.ts";
import { _ } from "../shared/i18n.ts";
import { icon } from "../shared/icons.ts";
import "../shared/peer-menu.ts";
import { asPerson, avatar } from "../shared/people.ts";
import type { Audience, Space, Viewer } from "./types.ts";

interface Identity {
  readonly viewer: Viewer;
  readonly space: Space | null;
  /** Null for a new thread: then it follows the viewer's group. */
  readonly audience: Audience | null;
  choose(anonymous: boolean): void;
}

export function identityChoice(draft: Draft, identity: Identity): TemplateResult {
  const { viewer } = identity;
  if (!viewer.may_be_anonymous) return html`<span class="saved">${postAs(identity)}</span>`;
  const label = draft.anonymous ? _("Post anonymously") : _("Post as {name}", { name: viewer.name });
  const items = [
    { label: viewer.name, checked: !draft.anonymous, act: () => identity.choose(false) },
    { label: _("Anonymously"), checked: draft.anonymous, act: () => identity.choose(true) },
  ];
  const person = asPerson(viewer, draft.anonymous);
  return html`<peer-menu .label=${label} .items=${items} .look=${"btn quiet s"} .speaks=${true}
      .face=${html`${avatar(person, "s")} ${label} ${icon("down")}`}></peer-menu><span class="saved">${
      draft.anonymous ? whoSees(identity.space) : readers(identity)}</span>`;
}

function postAs({ viewer, audience }: Identity): string {
  const group = groupName(viewer, audience);
  if (audience?.kind === "staff") return _("Post as {name}, to the course team only", { name: viewer.name });
  if (group) return _("Post as {name}, to {group}", { name: viewer.name, group });
  return _("Post as {name}, to everyone in the course", { name: viewer.name });
}

function readers({ viewer, audience }: Identity): string {
  const group = groupName(viewer, audience);
  if (audience?.kind === "staff") return _("To the course team only");
  return group ? _("To {group}", { group }) : _("To everyone in the course");
}

function groupName(viewer: Viewer, audience: Audience | null): string | null {
  return audience ? audience.group : viewer.group;
}

function whoSees(space: Space | null): unknown {
  if (space?.anonymity === "learners") return _("Facilitators and the course team see your name");
  return space?.anonymity === "staff" ? _("Only the course team sees your name") : nothing;
}
