/** What of a lab isn't what it stands for. Each sentence is on every page. */
export const simulated: readonly string[] = [
  'AWS S3 is MinIO. Commands run as published; AWS_ENDPOINT_URL leads them to it.',
  'AWS IAM is an adapter of this lab: it sets MinIO’s real users, policies and access keys, refuses what AWS’s policy grammar refuses, and refuses with UnsupportedByLab what MinIO can’t enforce.',
  'MinIO accepts AbortIncompleteMultipartUpload in a lifecycle and forgets it; that rule isn’t tested here.',
  'In MinIO, who may list a bucket may also list its versions, and who may read an object may also read its old versions; AWS asks for separate permissions.',
  'Pods reach S3 through the ConfigMap nats-backup-settings, which a site on AWS doesn’t have.',
  'The cluster has one node; volumes are folders of it, without a size limit. Where a page speaks of a small volume, it is one in memory.',
  'A node that goes down is its container, killed. The kernel under it goes on, so nothing that was written is lost.',
  'No network plugin of the lab enforces network policies.',
]
