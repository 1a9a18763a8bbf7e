// Cucumber loads a formatter by import(), which would hand a .ts file to Node's type stripping instead of ts-node.
require('../typescript.cjs')
module.exports = require('./formatter.ts').formatter
