package io.bulwark.api.http;

import io.bulwark.clearing.document.Refusal;
import io.bulwark.clearing.epoch.Epoch;
import io.bulwark.clearing.epoch.SealedEpoch;
import io.bulwark.clearing.ledger.QuarantinedPayload;
import io.bulwark.insurance.monitor.AccountLoss;
import io.bulwark.insurance.monitor.Adequacy;
import io.bulwark.insurance.monitor.AssetPressure;
import io.bulwark.insurance.monitor.Concentration;
import io.bulwark.insurance.monitor.ContagionEdges;
import io.bulwark.insurance.monitor.Counterfactual.Cause;
import io.bulwark.insurance.monitor.GainsPreview;
import io.bulwark.insurance.stresstest.FundLayer;
import io.bulwark.insurance.stresstest.MemberLoss;
import io.bulwark.insurance.stresstest.StressRow;
import io.bulwark.insurance.vault.Contribution;
import io.bulwark.netting.contagion.ReproductionNumber;
import io.bulwark.netting.margin.Explanation;
import io.bulwark.netting.margin.HedgingBenefit;
import io.bulwark.netting.margin.WorstScenario;
import io.micronaut.serde.annotation.SerdeImport;

/** The domain's own records go out as JSON in their own shape: there is no second set of them. */
@SerdeImport(Epoch.class)
@SerdeImport(SealedEpoch.class)
@SerdeImport(QuarantinedPayload.class)
@SerdeImport(Refusal.class)
@SerdeImport(Explanation.Term.class)
@SerdeImport(StressRow.class)
@SerdeImport(MemberLoss.class)
@SerdeImport(HedgingBenefit.class)
@SerdeImport(HedgingBenefit.Line.class)
@SerdeImport(WorstScenario.class)
@SerdeImport(WorstScenario.Part.class)
@SerdeImport(WorstScenario.GroupRow.class)
@SerdeImport(Adequacy.class)
@SerdeImport(Adequacy.LayerLine.class)
@SerdeImport(AccountLoss.class)
@SerdeImport(AssetPressure.class)
@SerdeImport(Cause.class)
@SerdeImport(ContagionEdges.class)
@SerdeImport(ContagionEdges.Edge.class)
@SerdeImport(GainsPreview.class)
@SerdeImport(GainsPreview.RuleOutcome.class)
@SerdeImport(GainsPreview.Cut.class)
@SerdeImport(Concentration.class)
@SerdeImport(ReproductionNumber.class)
@SerdeImport(FundLayer.class)
@SerdeImport(Contribution.class)
final class DomainRecords {
    private DomainRecords() {}
}
