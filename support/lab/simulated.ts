/** What of a lab isn't what it stands for. Each sentence is on every page. */
export const simulated: readonly string[] = [
  'AWS S3 is MinIO. Commands run as published; AWS_ENDPOINT_URL leads them to it.',
  'AWS IAM is an adapter of this lab that sets MinIO’s real users and policies, and refuses what AWS’s policy grammar refuses.',
  'Pods reach S3 through the ConfigMap nats-backup-settings, which a site on AWS doesn’t have.',
  'The cluster has one node; volumes are folders of it, without a size limit.',
]
