import { describe, expect, it } from 'vitest'
import { effectOf } from './effect'

const level = (script: string) => effectOf(script).level

describe('effectOf', () => {
  it.each([
    'kubectl get jobs -n kgents-agents -l app=nats-backup',
    'kubectl -n kgents-agents get pods',
    'kubectl --context=staging -n x logs -f job/test-backup',
    'kubectl wait --for=condition=complete job/x --timeout=5m',
    'kubectl rollout status statefulset/nats',
    'kubectl apply -f x.yaml --dry-run=server',
    'kubectl delete job x --dry-run=client',
    'kubectl get secret x -o jsonpath={.data.key} | base64 -d',
    'kubectl exec -n kgents-agents nats-0 -- nats stream ls',
    'kubectl create -f - --dry-run=client -o yaml <<EOF\nrm -rf /\nEOF',
    'aws s3 ls s3://kgents-dr-backups/nats/',
    'aws --region us-east-1 s3api list-object-versions --bucket b',
    'aws iam get-user --user-name x > /dev/null 2>&1',
    'aws s3 cp s3://bucket/manifest.json - | jq .',
    'nats --server nats://x stream info AGENTESE',
    'nats backup validate /backups/x.tgz',
    'for i in 1 2 3; do echo "$i"; done',
    'if [ -n "$X" ] && [[ $a == b && $c < d ]]; then echo yes; fi',
    '# kubectl delete everything\necho ok',
    "echo 'kubectl delete pod x'",
    'echo "rm -rf /"',
    'X=1 Y=2 date -u',
    'timeout 5 kubectl get pods',
    'velero backup describe nightly --details',
    'tar tzf x.tgz',
    'tar -tzf x.tgz',
    'curl -fsS http://x/healthz',
    "sed -n '1,5p' file",
    "kubectl exec nats-0 -- sh -c 'ls /data'",
    'kubectl exec -n x nats-0 -c nats -- ls /data',
    'kubectl get pods 2>/dev/null >/tmp/pods.txt',
    'kubectl exec -n x nats-backup-shell -- backup-status --verify',
    'kubectl exec -n x nats-backup-shell -- backup --dry-run',
    'kubectl exec -n x nats-backup-shell -- restore --inspect latest --from s3',
  ])('reads: %s', (script) => expect(level(script)).toBe('reads'))

  it.each([
    'kubectl apply -f fixtures/nats/backup-cronjob.yaml',
    'kubectl exec -n x nats-backup-shell -- restore --stream AUDIT',
    'kubectl exec -n x nats-backup-shell -- env NATS_URL=x backup',
    'kubectl create job --from=cronjob/nats-backup test-backup -n kgents-agents',
    'kubectl get pods && kubectl scale sts nats --replicas=0',
    'kubectl get pods | xargs -n 1 kubectl annotate pod',
    'aws s3api put-bucket-versioning --bucket b',
    'aws s3 cp local s3://b/k',
    'nats pub agentese.x hi',
    'nats consumer next AGENTESE c',
    'nats backup account /backups',
    'bash deploy.sh',
    'bash <<EOF\necho\nEOF',
    './tool --list',
    'frobnicate',
    '$CMD get pods',
    'kubectl $VERB pods',
    'eval "echo x"',
    'kubectl get pods > pods.txt',
    'echo "$(kubectl label pod x a=b)"',
    'cat <<EOF\n$(kubectl label pod x a=b)\nEOF',
    'diff <(kubectl get x) <(kubectl patch x)',
    'X=$(kubectl create job x)',
    'echo `kubectl create job x`',
    'sed -i s/a/b/ file',
    'curl -X POST http://x',
    'curl -sXDELETE http://x',
    'tar xzf x.tgz',
    'watch -n 1 frobnicate',
    "kubectl exec nats-0 -- sh -c 'touch /data/x'",
    'kubectl run x --rm -it --image=aws -- aws s3 ls',
    'bash -c "$SCRIPT"',
    'git push',
  ])('changes: %s', (script) => expect(level(script)).toBe('changes'))

  it.each([
    'kubectl delete pvc nats-backup-pvc -n kgents-agents',
    'kubectl -n x drain node',
    'kubectl apply --prune -f .',
    'kubectl get pods; kubectl apply -f x; kubectl delete job x',
    'kubectl get pods | xargs kubectl delete pod',
    'kubectl exec -n x nats-0 -- rm -rf /data',
    'aws s3 rm --recursive s3://b/nats/',
    'aws s3 sync --delete a s3://b',
    'aws s3api delete-object --bucket b --key k',
    'nats stream rm AGENTESE -f',
    'nats -s nats://x stream purge AGENTESE',
    'sudo rm -rf /var/lib/x',
    'find . -name x -delete',
    'while true; do rm x; done',
    'echo "before $(rm x) after"',
    'cat > /tmp/x <<EOF\n$(aws s3 rb s3://b)\nEOF\n',
    "kubectl exec nats-0 -- sh -c 'rm -rf /data'",
    'kubectl run x --rm -it --image=aws -- aws s3 rm s3://b/k',
    "bash -euc 'kubectl delete pod x'",
    'find . -name x -exec rm {} +',
    'velero backup delete nightly --confirm',
    '"kubectl" \\\n  delete \\\n  pod x',
    "k='x'; ! kubectl delete pod $k",
  ])('destroys: %s', (script) => expect(level(script)).toBe('destroys'))

  it('names the command that decides', () => {
    expect(effectOf('kubectl get pods\nkubectl create job --from=cronjob/x y -n z').because).toBe(
      'kubectl create job',
    )
    expect(effectOf('aws s3 rm s3://b/k').because).toBe('aws s3 rm')
    expect(effectOf('kubectl get x > out.json').because).toBe('writes out.json')
  })
})
