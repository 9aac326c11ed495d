package dev.muster.cos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.cos.RawHttp.Answer;
import org.junit.jupiter.api.Test;

/** V1 to V6, V22: what holds for every route. */
class ProtocolVectorsTest extends CosVectors {

    @Test
    void v1HealthIsAnEmptyAnswer() {
        Answer answer = get(API + "health/");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.header("Content-Length")).isEqualTo("0");
        assertThat(answer.header("Content-Type")).isNull();
    }

    @Test
    void v2WhoForgetsTheSlashIsSentToIt() {
        for (Answer answer : new Answer[] {get(API + "health"), post(API + "devices", "{}")}) {
            assertThat(answer.status()).isEqualTo(301);
            assertThat(answer.body()).isEmpty();
        }
        assertThat(get(API + "health").header("Location")).isEqualTo(API + "health/");
        assertThat(post(API + "devices", "{}").header("Location")).isEqualTo(D);
    }

    @Test
    void v3OtherMethodsAreRefused() {
        Answer answer = post(API + "health/", "{}");

        is(answer, 405, "{\"detail\":\"Method \\\"POST\\\" not allowed.\"}");
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void v4ATrustedNetworksTokensAreIgnored() {
        is(get(D, "Authorization", "bearer x"), 200, "[]");
    }

    @Test
    void v5AnUnknownHostIsRefused() {
        Answer answer = get(API + "health/", "Host", "evil.example");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo(HTML);
        assertThat(get(API + "health/", "Host", "localhost:1").status()).isEqualTo(200);
    }

    @Test
    void v6MediaThatAreNotOfferedAreRefused() {
        is(get(D, "Accept", "application/xml"), 406, "{\"detail\":\"Could not satisfy the request Accept header.\"}");
    }

    @Test
    void v22WhatIsNoJsonObjectIsRefused() {
        leavesNothingBehind(() -> {
            Answer broken = post(D, "{\"uid\": \"a\",");
            assertThat(broken.status()).isEqualTo(400);
            assertThat(broken.json().path("detail").asString()).startsWith("JSON parse error - ");
            is(post(D, "[1]"), 400, "{\"non_field_errors\":[\"Invalid data. Expected a dictionary, but got list.\"]}");
            is(
                    post(D, "{}", "Content-Type", "text/plain"),
                    415,
                    "{\"detail\":\"Unsupported media type \\\"text/plain\\\" in request.\"}");
        });
    }
}
