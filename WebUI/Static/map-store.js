// @ts-check
/**
 * The things on the map and what was done to them. Each is one record, saved at once (outbox.js) and shown at once;
 * what other windows and laptops draw comes by the ids of the server's messages, never as a whole page.
 *
 * A field that was changed here and is still on its way stays as it is here, whatever comes meanwhile.
 */
import { change, create, newId, remove, undo as takeBack } from "./api.js";
import { enqueue } from "./outbox.js";
import { readShape } from "./map-shapes.js";

/** @typedef {import("./map-shapes.js").Shape} Shape */
/** @typedef {Record<string, string | number | boolean | null>} Fields */
/** @typedef {{id: string, shape: Shape | null, [field: string]: any}} Feature */
/**
 * @typedef {{kind: "add" | "remove", id: string, feature: Feature, deletion: {commit: string}}
 *   | {kind: "edit", id: string, before: Fields, after: Fields, gesture: string}} Step
 */

const ASK_AFTER_MS = 60;
const ASKED_AT_ONCE = 100;
const RETRY_MS = 5000;
/** Not allowed, or no such meeting any more: asking again changes nothing. */
const FINAL = [403, 404, 410];
const REMEMBERED = 500;
const ENTITY = "mapFeature";

/** Tells of "change" ({id?}: what is seen has changed), "gone" ({feature}: deleted elsewhere), "steps", "more", "lost". */
export class MapStore extends EventTarget {
  /** @param {string} event @param {number} limit */
  constructor(event, limit) {
    super();
    this.event = event;
    this.limit = limit;
    /** @type {Map<string, Feature>} */
    this.features = new Map();
    /** Whether there are more than can be shown. */
    this.hasMore = false;
    /** @type {Step[]} */
    this.done = [];
    /** @type {Step[]} */
    this.undone = [];
    /** Fields on their way: by id and field the job that brings it. @type {Map<string, Map<string, object>>} */
    this.held = new Map();
    /** Ids that are being made or deleted here: what is heard of them is older. @type {Map<string, number>} */
    this.busy = new Map();
    /** @type {Set<string>} */
    this.asked = new Set();
    this.timer = 0;
    this.number = 0;
    this.isOver = false;
  }

  get isFull() {
    return this.features.size >= this.limit;
  }

  /** Asks for everything. */
  async load() {
    this.asked.clear();
    const number = ++this.number;
    const answer = await this.fetch("");
    if (number !== this.number) return;
    if (!answer) return this.later(() => this.load());
    const here = new Set(answer.features.map((/** @type {Feature} */ one) => one.id));
    for (const id of [...this.features.keys()]) {
      if (!here.has(id) && !this.busy.has(id)) this.features.delete(id);
    }
    for (const fields of answer.features) this.take(fields);
    this.hasMore = answer.more;
    this.tell("lost", { is: false });
    this.tell("more");
    this.tell("change");
  }

  /** @param {() => void} again */
  later(again) {
    this.tell("lost", { is: true });
    if (!this.isOver) window.setTimeout(again, RETRY_MS);
  }

  /** Somebody changed this one, perhaps on another map: asks what it is now. @param {string} id */
  hear(id) {
    this.asked.add(id);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.ask(), ASK_AFTER_MS);
  }

  async ask() {
    if (this.asked.size > ASKED_AT_ONCE) return this.load();
    const ids = [...this.asked];
    this.asked.clear();
    if (ids.length === 0) return;
    const answer = await this.fetch("?" + ids.map((id) => `id=${encodeURIComponent(id)}`).join("&"));
    if (!answer) {
      ids.forEach((id) => this.asked.add(id));
      return this.later(() => this.ask());
    }
    this.tell("lost", { is: false });
    for (const id of answer.gone) {
      const feature = this.features.get(id);
      if (!feature || this.busy.has(id)) continue;
      this.features.delete(id);
      this.tell("gone", { feature });
    }
    for (const fields of answer.features) this.take(fields);
    this.tell("change");
  }

  /** @param {string} query @returns {Promise<{features: any[], gone: string[], more: boolean} | null>} */
  async fetch(query) {
    try {
      const response = await fetch(`/api/v1/events/${encodeURIComponent(this.event)}/map/features${query}`, {
        cache: "no-store", headers: { Accept: "application/json" },
      });
      this.isOver = FINAL.includes(response.status);
      return response.ok ? await response.json() : null;
    } catch {
      this.isOver = false;
      return null;
    }
  }

  /** Takes what the program says of a thing. @param {Record<string, any>} fields */
  take(fields) {
    const id = String(fields.id);
    if (this.busy.has(id)) return;
    if (!this.features.has(id) && this.features.size >= this.limit) {
      this.hasMore = true;
      this.tell("more");
      return;
    }
    const held = this.held.get(id);
    const values = { ...fields };
    for (const name of held?.keys() ?? []) values[name] = this.features.get(id)?.[name] ?? null;
    this.put(id, values);
  }

  /** @param {string} id @param {Record<string, any>} values */
  put(id, values) {
    const geometry = typeof values.geometry === "string" ? values.geometry : JSON.stringify(values.geometry ?? null);
    const old = this.features.get(id);
    const shape = old && old.geometry === geometry ? old.shape : readShape(geometry);
    this.features.set(id, { ...values, id, geometry, shape });
  }

  /** Draws something new; returns its id. @param {Fields} fields */
  add(fields) {
    const id = newId();
    this.put(id, fields);
    const feature = /** @type {Feature} */ (this.features.get(id));
    this.step({ kind: "add", id, feature, deletion: { commit: "" } });
    this.hold(id);
    enqueue({
      run: () => create(ENTITY, { id, event: this.event, ...fields }),
      done: () => this.release(id),
      refused: () => {
        this.release(id);
        this.features.delete(id);
        this.done = this.done.filter((step) => step.id !== id);
        this.tell("steps");
        this.tell("change");
      },
    });
    this.tell("change", { id });
    return id;
  }

  /**
   * Changes fields; null clears one. Edits of one gesture are one step back.
   * @param {string} id @param {Fields} fields @param {string} [gesture] @returns {boolean} whether anything changed
   */
  edit(id, fields, gesture = "") {
    const feature = this.features.get(id);
    if (!feature) return false;
    const changed = Object.entries(fields).filter(([name, value]) => (feature[name] ?? null) !== value);
    if (changed.length === 0) return false;
    const after = Object.fromEntries(changed);
    const before = Object.fromEntries(changed.map(([name]) => [name, feature[name] ?? null]));
    const last = this.done[this.done.length - 1];
    if (gesture && last?.kind === "edit" && last.gesture === gesture && last.id === id) Object.assign(last.after, after);
    else this.step({ kind: "edit", id, before, after, gesture });
    this.save(id, after);
    return true;
  }

  /** @param {string} id @param {Fields} fields */
  save(id, fields) {
    const names = Object.keys(fields).sort();
    const held = this.held.get(id) ?? new Map();
    this.held.set(id, held);
    const job = {};
    for (const name of names) held.set(name, job);
    this.put(id, { ...this.features.get(id), ...fields });
    const free = () => {
      for (const name of names) if (held.get(name) === job) held.delete(name);
      if (held.size === 0 && this.held.get(id) === held) this.held.delete(id);
      this.hear(id);
    };
    enqueue({
      key: `${ENTITY}/${id}/${names.join(" ")}`, run: () => change(ENTITY, id, fields), done: free, refused: free,
    });
    this.tell("change", { id });
  }

  /** @param {string} id */
  delete(id) {
    const feature = this.features.get(id);
    if (!feature) return;
    const deletion = { commit: "" };
    this.step({ kind: "remove", id, feature, deletion });
    this.drop(id, deletion);
  }

  /** @param {string} id @param {{commit: string}} deletion */
  drop(id, deletion) {
    this.features.delete(id);
    this.hold(id);
    const free = () => this.release(id);
    enqueue({
      run: async () => {
        deletion.commit = (await remove(ENTITY, id)).commit;
      },
      done: free,
      refused: free,
    });
    this.tell("change", { id });
  }

  /**
   * Puts a deleted thing back; the commit is known by the time its turn comes.
   * @param {Feature} feature @param {{commit: string}} deletion
   */
  restore(feature, deletion) {
    this.features.set(feature.id, feature);
    this.hold(feature.id);
    const free = () => this.release(feature.id);
    enqueue({
      run: async () => {
        // Without a commit somebody else had deleted it before: it stays so.
        if (deletion.commit) await takeBack(deletion.commit);
      },
      done: free,
      refused: free,
    });
    this.tell("change", { id: feature.id });
  }

  /** @param {string} id */
  hold(id) {
    this.busy.set(id, (this.busy.get(id) ?? 0) + 1);
  }

  /** @param {string} id */
  release(id) {
    const left = (this.busy.get(id) ?? 1) - 1;
    if (left > 0) this.busy.set(id, left);
    else this.busy.delete(id);
    this.hear(id);
  }

  /** @param {Step} step */
  step(step) {
    this.done.push(step);
    if (this.done.length > REMEMBERED) this.done.shift();
    this.undone = [];
    this.tell("steps");
  }

  /** Takes the last step back; returns it and whether somebody else has changed the thing since. */
  undo() {
    const step = this.done.pop();
    if (!step) return null;
    this.undone.push(step);
    this.tell("steps");
    return { step, isOvertaken: !this.turn(step, true) };
  }

  redo() {
    const step = this.undone.pop();
    if (!step) return null;
    this.done.push(step);
    this.tell("steps");
    return { step, isOvertaken: !this.turn(step, false) };
  }

  /** @param {Step} step @param {boolean} isBack @returns {boolean} whether it was done */
  turn(step, isBack) {
    const feature = this.features.get(step.id);
    if (step.kind === "edit") {
      const [from, to] = isBack ? [step.after, step.before] : [step.before, step.after];
      if (!feature) return false;
      const names = Object.keys(to).filter((name) => (feature[name] ?? null) === from[name]);
      if (names.length === 0) return false;
      this.save(step.id, Object.fromEntries(names.map((name) => [name, to[name]])));
      return true;
    }
    if ((step.kind === "add") === isBack) {
      if (!feature) return false;
      step.feature = feature;
      this.drop(step.id, step.deletion);
    } else {
      if (feature) return false;
      this.restore(step.feature, step.deletion);
    }
    return true;
  }

  /** @param {string} name @param {object} [detail] */
  tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
