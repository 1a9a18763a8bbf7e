/** Known defects, as the last part of verdicts.ts: one scenario for each way in which one can end; its title says what it comes to. */
export const defects = `
  Rule: 5 known defect
    @known-defect:S12
    Scenario: known defect: it fails as its defect says
      **Fails with** “the archive is empty”

      Then it throws RunbookFailed:
        """
        the archive is empty
        """
    @known-defect:S13 @degraded
    Scenario: known defect: of a command that ran as published, before a block that didn't run, under a fault
      **Fails with** 0 streams

      Given the fault "S3 down" comes and goes
      When the operator runs:
        """bash
        kubectl get pods
        """
      And the operator runs:
        """bash
        breaks
        """
      And the operator runs:
        """bash
        kubectl get nodes
        """
    @known-defect:S1
    Scenario: failed: a known defect that is gone
      **Fails with** something
      Given a stream
    @known-defect:S2
    Scenario: failed: a known defect that fails in another way
      **Fails with** the archive is empty

      Then it throws RunbookFailed:
        """
        the server is gone
        """
    @known-defect:S4 @broken-clean-up
    Scenario: failed: a known defect that fails in another way, and the clean-up failed
      **Fails with** the archive is empty

      Then it throws RunbookFailed:
        """
        the server is gone
        """
    @known-defect:S5 @fails-in-clean-up
    Scenario: failed: as its defect says, and in a hook
      **Fails with** the archive is empty

      Then it throws RunbookFailed:
        """
        the archive is empty
        """
    @known-defect:S3
    Scenario: misuse: a known defect that doesn't say how it fails
      Then it throws RunbookFailed:
        """
        x
        """
    @known-defect:S6
    Scenario: misuse: as its defect says, and what ran is not what is published
      **Fails with** the archive is empty

      When the operator runs:
        """bash
        templated
        """
      Then it throws RunbookFailed:
        """
        the archive is empty
        """
    @known-defect:S7 @broken-clean-up
    Scenario: inconclusive: as its defect says, and the clean-up failed
      **Fails with** the archive is empty

      Then it throws RunbookFailed:
        """
        the archive is empty
        """
    @known-defect:S8 @says-inconclusive
    Scenario: inconclusive: as its defect says, and the After hook knows better
      **Fails with** the archive is empty

      Then it throws RunbookFailed:
        """
        the archive is empty
        """
    @known-defect:S9
    Scenario: inconclusive: as its defect says, and the fault was never healed
      **Fails with** the archive is empty

      Given it attaches a fault:
        """
        {"name":"S3 down","injectedAt":"2026-11-23T16:40:00Z","inForceAt":"2026-11-23T16:40:01Z","healedAt":null,"provenHealedAt":null,"proof":"refused"}
        """
      Then it throws RunbookFailed:
        """
        the archive is empty
        """
    @known-defect:S10 @degraded
    Scenario: inconclusive: as its defect says, without the fault of a degraded mode
      **Fails with** the archive is empty

      Then it throws RunbookFailed:
        """
        the archive is empty
        """
    @known-defect:S11
    Scenario: inconclusive: as its defect says, and an attachment can't be read
      **Fails with** the archive is empty

      Given it attaches garbage as evidence
      Then it throws RunbookFailed:
        """
        the archive is empty
        """
`
