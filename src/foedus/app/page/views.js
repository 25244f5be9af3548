// The views of the page. Each is a module with `id`, `title` and `show(place)`; what adds a view adds a line here.
import * as ally from "./view-ally.js";
import * as anchors from "./view-anchors.js";
import * as drivers from "./view-drivers.js";
import * as evidence from "./view-evidence.js";
import * as pairs from "./view-pairs.js";
import * as scenarios from "./view-scenarios.js";
import * as scores from "./view-scores.js";
import * as table from "./view-table.js";

export const VIEWS = [ally, pairs, drivers, evidence, anchors, scores, scenarios, table];
