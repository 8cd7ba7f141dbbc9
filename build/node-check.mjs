// Everything runs on the Node that ships with Electron. Installing with --ignore-scripts leaves the
// system's Node in its place without any error, so the version is checked before anything else.
const wanted = 24
const major = Number(process.versions.node.split('.')[0])
if (major !== wanted) {
  process.stderr.write(
    `Patchbay runs on Node ${wanted}, this is Node ${process.versions.node}. Run "npm ci" (without --ignore-scripts) and use "npm run …".\n`,
  )
  process.exit(1)
}
