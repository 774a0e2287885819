// Beside Slack in one process, loaded first as the program loads it, files still reach Discord.
import '../../../adapters/slack/connect.js';
import './files.test.js';
