package io.tombolo.it.actors.kube;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives a new Service an address, as the API server does. */
final class GivesAddresses extends KubernetesMixedDispatcher {
    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final AtomicInteger last = new AtomicInteger();

    GivesAddresses(Map<ServerRequest, Queue<ServerResponse>> answers) {
        super(answers);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        if (request.method() != HttpMethod.POST || !request.getPath().matches("/api/v1/namespaces/[^/]+/services")) {
            return super.dispatch(request);
        }
        Service made = yaml.unmarshal(request.getUtf8Body(), Service.class);
        if (made.getSpec().getClusterIP() == null) {
            made.getSpec().setClusterIP("10.96.0." + last.incrementAndGet());
            made.getSpec().setClusterIPs(List.of(made.getSpec().getClusterIP()));
        }
        return super.dispatch(new RecordedRequest(
                request.getHttpVersion(),
                request.method(),
                request.getPath(),
                request.getHeaders(),
                new Buffer(yaml.asJson(made).getBytes(StandardCharsets.UTF_8))));
    }
}
