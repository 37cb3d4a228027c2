/** The directory's operations, typed; each is one call of the block's handler. */
import type { Api } from "../shared/api.ts";
import type { Filters } from "./filters.ts";
import type { Directory, Found, MyProfile, ProfileFields, Request, Skill } from "./types.ts";

export interface Question {
  /** Id of the card of whoever is asked. */
  readonly person: string;
  readonly space: string | null;
  readonly title: string;
  readonly body: string;
}

export class Operations {
  readonly #api: Api;

  constructor(api: Api) {
    this.#api = api;
  }

  open(signal: AbortSignal): Promise<Directory> {
    return this.#api.call("open_directory", {}, { signal });
  }

  find({ query, skill, language, available }: Filters, cursor: string | null, signal: AbortSignal): Promise<Found> {
    const asked = {
      ...(query ? { query } : {}), ...(skill ? { skill: skill.id } : {}), ...(language ? { language } : {}),
      ...(available ? { available } : {}), ...(cursor ? { cursor } : {}),
    };
    return this.#api.call("find_people", asked, { signal });
  }

  async suggestSkills(text: string, signal: AbortSignal): Promise<readonly Skill[]> {
    return (await this.#api.call<{ skills: readonly Skill[] }>("suggest_skills", { text }, { signal })).skills;
  }

  saveProfile({ skills, ...fields }: ProfileFields, revision: number): Promise<MyProfile> {
    return this.#api.call("save_profile", { ...fields, skills: skills.map(({ id }) => id), revision });
  }

  async ask(question: Question, key: string): Promise<Request> {
    return (await this.#api.call<{ request: Request }>("ask", { client_key: key, ...question })).request;
  }

  async answerRequest(request: string, accept: boolean): Promise<Request> {
    return (await this.#api.call<{ request: Request }>("answer_request", { request, accept })).request;
  }
}
