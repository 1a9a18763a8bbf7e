import type { ObjectStore } from './store'

/** A key of S3, by the names that the AWS CLI and the secrets in the cluster have for its two halves. */
export type AwsKey = Readonly<Record<'AWS_ACCESS_KEY_ID' | 'AWS_SECRET_ACCESS_KEY', string>>

/**
 * Makes a user that has one policy, and nothing else.
 *
 * @param policy   its name
 * @param document its text, JSON
 * @returns a new key of the user's
 * @throws LabBroken when IAM refuses, as where there is such a user
 */
export async function makeUser(
  { iam }: ObjectStore,
  user: string,
  policy: string,
  document: string,
): Promise<AwsKey> {
  await iam('CreateUser', { UserName: user })
  await iam('PutUserPolicy', { UserName: user, PolicyName: policy, PolicyDocument: document })
  const { AccessKey } = (await iam('CreateAccessKey', { UserName: user })) as {
    AccessKey: { AccessKeyId: string; SecretAccessKey: string }
  }
  return { AWS_ACCESS_KEY_ID: AccessKey.AccessKeyId, AWS_SECRET_ACCESS_KEY: AccessKey.SecretAccessKey }
}
