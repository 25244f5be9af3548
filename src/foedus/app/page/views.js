// The views of the page. Each is a module with `id`, `title` and `show(place)`; what adds a view adds a line here.
import * as ally from "./view-ally.js";
import * as scenarios from "./view-scenarios.js";

export const VIEWS = [ally, scenarios];
