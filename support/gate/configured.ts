import { type IConfiguration, loadConfiguration } from '@cucumber/cucumber/api'

/** What the project's own configuration says, where no run was asked for. @param cwd where cucumber.js is */
export async function configured(cwd: string): Promise<IConfiguration> {
  return (await loadConfiguration({}, { cwd })).useConfiguration
}
