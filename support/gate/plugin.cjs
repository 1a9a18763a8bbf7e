// Cucumber loads a plugin by import(), which would hand a .ts file to Node's type stripping instead of ts-node.
require('../typescript.cjs')
module.exports = require('./plugin.ts').gate
