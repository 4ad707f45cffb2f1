package io.bulwark.api.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.bulwark.api.house.SealedBooks;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A door that is closed while somebody is being answered. */
class DrainTest {
    private static final long LONG_MILLIS = 1_500;

    @Test
    void shouldAnswerWhoIsInsideAndAdmitNobodyMore() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        SealedBooks books = new OneEpoch();
        SealedBooks slow = (SealedBooks) Proxy.newProxyInstance(
                SealedBooks.class.getClassLoader(), new Class<?>[] {SealedBooks.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("seals")) {
                        inside.countDown();
                        Thread.sleep(LONG_MILLIS);
                    }
                    return method.invoke(books, arguments);
                });
        HttpFrontDoor door = HttpFrontDoor.open(0, Asked.ADMISSION, slow);
        URI address = door.address();
        Asked asked = new Asked(address);
        try (HttpClient client = HttpClient.newHttpClient()) {
            CompletableFuture<HttpResponse<String>> answer =
                    client.sendAsync(asked.request("/epochs").build(), HttpResponse.BodyHandlers.ofString());
            inside.await();
            door.close();
            assertEquals(200, answer.get(1, TimeUnit.SECONDS).statusCode(), "who was inside is answered");
            assertThrows(
                    IOException.class,
                    () -> client.send(asked.request("/epochs").build(), HttpResponse.BodyHandlers.ofString()));
        }
    }
}
