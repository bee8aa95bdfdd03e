/**
 * A shell that stands between the launcher and Postgres, because a launcher that is killed cannot stop anything:
 * when the pipe on the shell's standard input closes, whatever the reason, Postgres is told to shut down fast
 * (SIGINT). The shell ends when Postgres does, with its exit code.
 */
const script = `
exec 3<&0
"$@" </dev/null 3<&- &
pid=$!
trap 'kill -INT $pid 2>/dev/null' TERM INT HUP
( trap - TERM INT HUP; read -r _ <&3; kill -INT $pid 2>/dev/null ) &
watcher=$!
exec 3<&-
wait $pid
code=$?
while kill -0 $pid 2>/dev/null; do wait $pid; code=$?; done
kill $watcher 2>/dev/null
exit $code
`;

export const guarded = (command: readonly string[]): [string, string[]] => [
  '/bin/sh',
  ['-c', script, 'tracewell-postgres', ...command],
];
