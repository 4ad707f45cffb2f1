package io.bulwark.adapter.wallet;

import io.bulwark.adapter.AssetEntry;
import io.bulwark.adapter.PayloadRefused;
import io.bulwark.adapter.evm.EvmAnswers;
import io.bulwark.adapter.wallet.WalletVenue.Configuration.Content;
import io.bulwark.adapter.wallet.WalletVenue.Configuration.Token;
import io.bulwark.clearing.account.VenueAccount;
import io.bulwark.clearing.instrument.Listing;
import io.bulwark.clearing.money.Amount;
import io.bulwark.clearing.oracle.Measure;
import io.bulwark.clearing.oracle.PriceReport;
import io.bulwark.clearing.position.EvidenceGrade;
import io.bulwark.clearing.position.HeldClaim;
import io.bulwark.clearing.position.Holding;
import io.bulwark.clearing.position.RawSnapshot;
import io.bulwark.clearing.position.VenueSnapshot;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** From balances to holdings, from a share's own view of itself to a report of what it holds. */
record WalletNormalizer(WalletVenue.Configuration configuration, WalletCalls calls) {
    WalletNormalizer(WalletVenue.Configuration configuration) {
        this(configuration, new WalletCalls(configuration));
    }

    VenueSnapshot normalise(RawSnapshot raw, Listing listing) {
        EvmAnswers answers = EvmAnswers.of(WalletVenue.KIND, raw);
        return raw.account().address().equals(VenueAccount.MARKET)
                ? market(raw, answers, listing)
                : account(raw, answers, listing);
    }

    private VenueSnapshot account(RawSnapshot raw, EvmAnswers answers, Listing listing) {
        String user = raw.account().address();
        EvidenceGrade grade = configuration.proofs() ? EvidenceGrade.STORAGE_PROOF : EvidenceGrade.UNSIGNED;
        List<Holding> holdings = new ArrayList<>();
        for (Map.Entry<String, Token> token : configuration.tokens().entrySet()) {
            BigInteger balance = answers.number(calls.balance(token.getKey(), user));
            if (configuration.proofs()) {
                BigInteger slot = token.getValue().slot(user);
                BigInteger proved =
                        answers.proved(token.getKey(), List.of(slot)).word(slot);
                answers.requireProved("balance of " + token.getValue().asset(), balance, proved);
            }
            if (balance.signum() != 0) {
                Amount quantity = new Amount(balance, token.getValue().decimals());
                AssetEntry.named(listing, token.getValue().asset(), grade)
                        .ifPresent(entry -> holdings.add(new Holding.Collateral(
                                entry.number(),
                                quantity,
                                Optional.of(HeldClaim.token(configuration.chainId(), token.getKey(), user)))));
            }
        }
        return new VenueSnapshot(raw, holdings, List.of(), grade);
    }

    private VenueSnapshot market(RawSnapshot raw, EvmAnswers answers, Listing listing) {
        List<PriceReport> reports = new ArrayList<>();
        for (Map.Entry<String, Token> token : configuration.tokens().entrySet()) {
            Token share = token.getValue();
            Content content = configuration.contents().get(token.getKey());
            if (content != null && listing.assetNamed(share.asset()).isPresent()) {
                BigInteger held = answers.number(calls.content(token.getKey(), share, content));
                reports.add(report(raw, share, content, new Amount(held, content.decimals())));
            }
        }
        return new VenueSnapshot(raw, List.of(), reports, EvidenceGrade.UNSIGNED);
    }

    private PriceReport report(RawSnapshot raw, Token share, Content content, Amount held) {
        String subject = share.asset() + "/" + content.underlying();
        if (held.signum() == 0) {
            throw new PayloadRefused(
                    WalletVenue.KIND,
                    "content of " + subject,
                    "0",
                    "must be > 0: a share that holds nothing is worth nothing");
        }
        return new PriceReport(
                configuration.venue(),
                Measure.SHARE_CONTENT,
                subject,
                held,
                raw.horizon().timeMillis());
    }
}
