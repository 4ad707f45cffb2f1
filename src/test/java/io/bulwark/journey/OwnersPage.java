package io.bulwark.journey;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.bulwark.clearing.access.Consent;
import io.bulwark.clearing.access.Consent.Action;
import io.bulwark.clearing.access.Consent.Scope;
import io.bulwark.clearing.attestation.LinkKey;
import io.bulwark.clearing.attestation.LinkSignature.Scheme;
import io.bulwark.clearing.document.Digest;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** The page of an account's owner over the demonstration's book: its figures are the API's, and an order asks the same what-if. */
final class OwnersPage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SeenPages seen;
    private final URI house;

    OwnersPage(SeenPages seen, URI house) {
        this.seen = seen;
        this.house = house;
    }

    /** An account that is called: what is missing, cures it, would be traded for it; the terms of its margin and its past. */
    void assertCalled(BrowserContext context, int account) throws IOException, InterruptedException {
        Page page = seen.open(context, "/account/" + account);
        page.waitForSelector("html[data-shown='whole']");
        assertEquals("In liquidation", page.textContent("#state"));
        JsonNode margin = ask("/accounts/" + account + "/margin", "");
        assertEquals(
                exact(margin.at("/asBooked/initialMargin/usd")),
                page.getAttribute("#terms tr.sum td:last-child", "title"));
        assertTrue(page.locator("#waterfall svg path").count() > 0, "the waterfall is drawn");
        JsonNode orders = ask("/margin/calls/" + account + "/orders", "");
        int many = 0;
        for (JsonNode batch : orders.get("batches")) {
            many += batch.get("orders").size();
        }
        assertEquals(many, page.locator("#orders tbody tr").count());
        assertTrue(page.textContent("#call-said").contains("USD are missing until"), page.textContent("#call-said"));
        assertTrue(page.textContent("#cures").contains("bring "), page.textContent("#cures"));
        assertTrue(page.textContent("#nearest").startsWith("already"), page.textContent("#nearest"));
        JsonNode past = ask("/accounts/" + account + "/history", "").get("points");
        assertEquals(2, past.size(), "an epoch each");
        assertEquals(2, page.locator("#history tbody tr").count());
        assertEquals(
                exact(past.get(1).at("/initialMargin/usd")),
                page.getAttribute("#history tbody tr:first-child td:nth-child(4)", "title"));
        seen.assertSeen(page, "account-called-desktop");
        page.close();
    }

    /** Orders that are asked about, one that cannot be read, and one that the house refuses by field, value and rule. */
    void assertOrdersAnswer(BrowserContext context, int account) throws IOException, InterruptedException {
        Page page = seen.open(context, "/account/" + account);
        page.waitForSelector("html[data-shown='whole']");
        assertEquals("Above its margin", page.textContent("#state"));
        assertTrue(page.locator("#call").isHidden());
        page.fill("#orders-asked .order input", "−600,000");
        page.click("#form button[type=submit]");
        page.waitForSelector("#beside td.asked");
        JsonNode answer = ask(
                "/margin/what-if",
                "{\"account\": " + account
                        + ", \"changes\": [{\"in\": \"positions\", \"id\": \"hyperliquid:BTC\", \"lots\": -600000}]}");
        assertEquals(
                exact(answer.at("/after/asBooked/initialMargin/usd")),
                page.getAttribute("#beside tbody tr:first-child td.asked", "title"));
        assertEquals(
                exact(answer.at("/before/asBooked/initialMargin/usd")),
                page.getAttribute("#beside tbody tr:first-child td:nth-child(2)", "title"));
        seen.assertSeen(page, "account-open-phone");
        assertWakes(page, account);
        page.fill("#orders-asked .order input", "many");
        page.click("#form button[type=submit]");
        page.waitForCondition(() -> page.textContent("#asked-said").contains("changes[0].lots: \"many\" is refused"));
        assertTrue(page.locator("#beside").isHidden(), "what was answered before is not shown for what was refused");
        page.close();
    }

    /** A threshold of the owner's own raises its alert at once; one that is upside down is refused in words. */
    private void assertWakes(Page page, int account) throws IOException, InterruptedException {
        page.fill("#wake-raise", "150.5");
        page.fill("#wake-clear", "140");
        page.click("#wake-watch");
        page.waitForCondition(() -> page.textContent("#wake-said").contains("must be above raise, 1505000"));
        page.fill("#wake-raise", "99999.25");
        page.fill("#wake-clear", "99999.5");
        page.click("#wake-watch");
        page.waitForSelector("#wakes button");
        assertTrue(page.textContent("#wakes").contains("Raised below 99999.2 %"), page.textContent("#wakes"));
        page.waitForSelector("#standing:not([hidden]) #standing-first button");
        assertTrue(page.textContent("#standing-said").contains("The equity of account " + account + " is "));
        boolean exact = false;
        for (JsonNode rule : ask("/alerts/rules", "")) {
            exact |= rule.get("raise").intValue() == 999_992_500
                    && rule.get("clear").intValue() == 999_995_000;
        }
        assertTrue(exact, "nothing of what was typed is rounded");
        page.click("#wakes button");
        page.waitForSelector("#standing", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.HIDDEN));
    }

    /**
     * The owner lets somebody look and takes it back, by the wallet of his browser; where the house gives something else to sign than what
     * was asked for, the wallet is not asked.
     */
    void assertConsents(BrowserContext context, int account, LinkKey wallet) throws IOException, InterruptedException {
        List<Consent> signed = new ArrayList<>();
        context.exposeFunction("signedByWallet", arguments -> {
            Consent consent = typed((String) arguments[0]);
            signed.add(consent);
            return "0x"
                    + HexFormat.of()
                            .formatHex(wallet.sign(consent, Scheme.EIP712).bytes());
        });
        context.addInitScript("window.ethereum = { request: async ({ method, params }) =>"
                + " method === 'eth_requestAccounts' ? ['" + wallet.signer(Scheme.EIP712)
                + "'] : signedByWallet(params[1]) }");
        Page page = seen.open(context, "/account/" + account);
        page.waitForSelector("html[data-shown='whole']");
        assertTrue(page.textContent("#access-said").startsWith("Nobody but its owner"));
        page.fill("#grantee", "maria");
        page.click("#consent-sign");
        page.waitForCondition(() -> page.textContent("#consent-said").startsWith("maria sees the margin until "));
        seen.assertSeen(page, "account-consents-desktop");
        page.route("**/access/consents/prepare", route -> {
            String given = route.fetch().text().replace("\\\"MARGIN\\\"", "\\\"POSITIONS\\\"");
            route.fulfill(new Route.FulfillOptions()
                    .setStatus(200)
                    .setContentType("application/json")
                    .setBody(given));
        });
        page.fill("#grantee", "otto");
        page.click("#consent-sign");
        page.waitForCondition(() -> page.textContent("#consent-said").contains("nothing was signed"));
        assertEquals(1, signed.size(), "the wallet was not asked");
        page.unroute("**/access/consents/prepare");
        page.click("#consents button");
        page.waitForCondition(() -> page.textContent("#consent-said").equals("maria sees nothing of it any more."));
        assertEquals("nobody else", page.textContent("#consents tbody"));
        List<String> kept = new ArrayList<>();
        ask("/access/log", "")
                .get("consents")
                .forEach(line -> kept.add(line.get("action").textValue() + " "
                        + line.get("grantee").textValue() + " "
                        + line.get("scope").textValue()));
        assertEquals(List.of("give maria margin", "revoke maria margin"), kept);
        page.close();
    }

    private static Consent typed(String data) {
        try {
            JsonNode message = JSON.readTree(data).get("message");
            return new Consent(
                    Action.valueOf(message.get("action").textValue()),
                    Digest.parse(message.get("house").textValue().substring(2)),
                    message.get("clearingAccount").intValue(),
                    message.get("grantee").textValue(),
                    Scope.valueOf(message.get("scope").textValue()),
                    message.get("nonce").intValue(),
                    Instant.ofEpochMilli(
                            Long.parseLong(message.get("expiresMillis").textValue())));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private JsonNode ask(String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder asked = HttpRequest.newBuilder(house.resolve(path))
                .header("Authorization", DoorToken.header(house))
                .header("Content-Type", "application/json")
                .header("Accept", "application/json");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return JSON.readTree(client.send(
                            body.isEmpty()
                                    ? asked.GET().build()
                                    : asked.POST(HttpRequest.BodyPublishers.ofString(body))
                                            .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body());
        }
    }

    private static String exact(JsonNode usd) {
        return String.format(Locale.ROOT, "%,.4f USD", new BigDecimal(usd.textValue()));
    }
}
