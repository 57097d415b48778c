import "./define.js";
import { rememberScriptOrigin } from "./identity/script-origin.js";

// A room asks for the origin in its first update, which comes after this script has run.
rememberScriptOrigin();
