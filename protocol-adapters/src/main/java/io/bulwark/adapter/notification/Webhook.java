package io.bulwark.adapter.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bulwark.adapter.notification.Courier.Carried;
import io.bulwark.adapter.notification.Courier.Notice;
import io.bulwark.adapter.notification.PublicAddresses.PrivateAddress;
import io.bulwark.clearing.document.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/** HTTP, signed by the Standard Webhooks specification. Follows nothing, keeps no cookie, reads no answer but its status. */
final class Webhook implements AutoCloseable {
    private static final Timeout PATIENCE = Timeout.of(10, TimeUnit.SECONDS);
    private static final String MAC = "HmacSHA256";
    private static final int OK = 200;
    private static final int REDIRECTED = 300;
    private static final int GONE = 410;

    private final PublicAddresses addresses;
    private final CloseableHttpClient client;

    Webhook(boolean privateToo) {
        this.addresses = new PublicAddresses(privateToo);
        this.client = HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(addresses)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(PATIENCE)
                                .setSocketTimeout(PATIENCE)
                                .build())
                        .build())
                .setDefaultRequestConfig(
                        RequestConfig.custom().setResponseTimeout(PATIENCE).build())
                .setUserAgent("Bulwark-Alerts")
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    void requireAllowed(URI url) {
        try {
            addresses.resolve(host(url));
        } catch (PrivateAddress e) {
            throw new BadInput("url", "", "must lead to a public address: the operator allows no other");
        } catch (UnknownHostException e) {
            throw new BadInput("url", "", "must have a host that is known");
        }
    }

    /** Without the brackets of an IPv6 address. */
    private static String host(URI url) {
        return url.getHost().replaceFirst("^\\[(.*)]$", "$1");
    }

    Carried send(URI url, byte[] secret, Notice notice) {
        HttpPost post = new HttpPost(url);
        String seconds = Long.toString(notice.at().getEpochSecond());
        post.setHeader("webhook-id", notice.id());
        post.setHeader("webhook-timestamp", seconds);
        post.setHeader(
                "webhook-signature", "v1," + signature(secret, notice.id() + "." + seconds + "." + notice.json()));
        post.setEntity(new StringEntity(notice.json(), ContentType.APPLICATION_JSON));
        try {
            return client.execute(post, answer -> {
                // What is said beyond the status is not read, however long it is: the connection goes with it.
                answer.close();
                return carried(answer.getCode());
            });
        } catch (PrivateAddress e) {
            return new Carried.Refused("its host leads to an address that is not public");
        } catch (IOException | UncheckedIOException e) {
            return new Carried.Failed(e.getClass().getSimpleName());
        }
    }

    private static Carried carried(int status) {
        if (status >= OK && status < REDIRECTED) {
            return new Carried.Arrived("HTTP " + status);
        }
        return status == GONE
                ? new Carried.Refused("HTTP 410: it wants no more")
                : new Carried.Failed("HTTP " + status);
    }

    private static String signature(byte[] secret, String signed) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + MAC, e);
        }
    }

    @Override
    public void close() {
        client.close(CloseMode.IMMEDIATE);
    }
}
