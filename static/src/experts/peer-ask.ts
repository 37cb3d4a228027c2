import { html, nothing, type TemplateResult } from "lit";
import { EMPTY_DRAFT, type Draft } from "../shared/drafts.ts";
import { heading } from "../shared/heading.ts";
import { _ } from "../shared/i18n.ts";
import { define, LightElement } from "../shared/light-element.ts";
import type { PeerComposer, Words } from "../shared/peer-composer.ts";
import "../shared/peer-composer.ts";
import { nameOf } from "../shared/people.ts";
import { selectBox } from "../shared/select-box.ts";
import type { Sending } from "../shared/sender.ts";
import type { App } from "./app.ts";
import type { Card, Place, Request } from "./types.ts";

/** A question to one person: it becomes a thread in a discussion of the course, where others can answer too. */
export class PeerAsk extends LightElement {
  static override properties = {
    app: { attribute: false }, card: { attribute: false }, spaces: { attribute: false }, query: { attribute: false },
  };
  app!: App;
  card!: Card;
  spaces: readonly Place[] = [];
  /** What was searched for: the beginning of a question. */
  query = "";
  /** What the reader is told beside "posted". */
  #note = "";

  readonly #sending: Sending<Request> = {
    create: (draft, key) =>
      this.app.operations.ask({ person: this.card.id, space: draft.kind || null, title: draft.title, body: draft.body }, key),
    amend: async (request) => {
      this.#note = _("It stands there as at your first try; you can change it in its thread.");
      return request;
    },
  };

  protected override render(): TemplateResult {
    const name = nameOf(this.card.person);
    return html`<section class="stack tight" aria-labelledby="ask-title">${heading(this.app.level + 2, _("Ask {name}", { name }), { style: "h-small", id: "ask-title" })}
      <peer-composer .host=${this.app} .place=${`ask-${this.card.id}`} .words=${() => this.#words(name)} .sending=${this.#sending} .fields=${["space", "person"]}
        .above=${this.#place} .below=${(_draft: Draft, errorOf: (field: string) => unknown) => html`${errorOf("space")}${errorOf("person")}`}
        .cancellable=${true} .initial=${this.#initial()} @peer-cancel=${this.#cancel} @peer-sent=${this.#sent}></peer-composer>
      <p class="help">${_("{name} can accept or pass. Everyone who reads that discussion sees the question, with your name.", { name })}</p></section>`;
  }

  #initial(): Draft {
    return { ...EMPTY_DRAFT, kind: this.spaces[0]?.id ?? "", title: this.query };
  }

  #words(name: string): Words {
    return {
      label: _("Ask {name}", { name }), send: _("Ask {name}", { name }), title: _("Your question in one sentence"), body: _("Details"),
      hint: _("What did you try? Where does it stop making sense?"),
    };
  }

  #place = (draft: Draft): unknown => {
    const [only] = this.spaces;
    if (!only) return nothing;
    if (this.spaces.length === 1) {
      return html`<p class="composer-top help">${_("It is posted in “{space}”, where others can answer too.", { space: only.title })}</p>`;
    }
    const choices = this.spaces.map(({ id, title }): [string, string] => [id, title]);
    const choose = (kind: string): void => this.find<PeerComposer<Request>>("peer-composer")?.change({ kind });
    return html`<div class="composer-top"><span class="help">${_("Posted in")}</span> ${
      selectBox({ label: _("The discussion in which it is posted"), value: draft.kind, choices, choose })}</div>`;
  };

  #cancel = (): void => {
    this.dispatchEvent(new CustomEvent("peer-cancel"));
  };

  #sent = (event: CustomEvent<Request>): void => {
    this.dispatchEvent(new CustomEvent("peer-sent", { detail: { request: event.detail, note: this.#note } }));
  };
}

define("peer-ask", PeerAsk);
