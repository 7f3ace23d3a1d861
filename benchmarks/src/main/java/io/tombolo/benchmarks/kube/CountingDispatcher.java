package io.tombolo.benchmarks.kube;

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
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts a controller's requests as an API server's metrics have them, and gives a new Service an address, as an API server does. */
final class CountingDispatcher extends KubernetesMixedDispatcher {
    private static final Pattern PATH = Pattern.compile(
            "/(?:api|apis/[^/]+)/[^/]+/(?:namespaces/[^/]+/)?(?<kind>[a-z]+)(?:/(?<name>[^/]+))?(?<below>/[a-z]+)?");

    private static final String CONTROLLER = "Bearer controller";

    private final Map<ServerRequest, Queue<ServerResponse>> answers;
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final KubernetesSerialization json = new KubernetesSerialization();
    private final AtomicInteger last = new AtomicInteger();

    CountingDispatcher() {
        this(new ConcurrentHashMap<>());
    }

    private CountingDispatcher(Map<ServerRequest, Queue<ServerResponse>> answers) {
        super(answers);
        this.answers = answers;
    }

    /** Which the server has to have too. */
    Map<ServerRequest, Queue<ServerResponse>> answers() {
        return answers;
    }

    Asked asked() {
        return new Asked(Map.copyOf(counts));
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        String[] path = request.getPath().split("\\?", 2);
        Matcher asked = PATH.matcher(path[0]);
        if (asked.matches() && CONTROLLER.equals(request.getHeader("Authorization"))) {
            boolean watched = path.length > 1 && path[1].contains("watch=true");
            counts.merge(verb(request.method(), watched, asked) + " " + kind(asked), 1L, Long::sum);
        }
        boolean service = request.method() == HttpMethod.POST && path[0].endsWith("/services");
        return super.dispatch(service ? withAddress(request) : request);
    }

    private static String verb(HttpMethod method, boolean watched, Matcher asked) {
        if (method == HttpMethod.GET) {
            return watched ? "WATCH" : asked.group("name") == null ? "LIST" : "GET";
        }
        return method.name();
    }

    private static String kind(Matcher asked) {
        String below = asked.group("below");
        return asked.group("kind") + (below == null ? "" : below);
    }

    private RecordedRequest withAddress(RecordedRequest request) {
        Service made = json.unmarshal(request.getUtf8Body(), Service.class);
        int number = last.incrementAndGet();
        made.getSpec().setClusterIP("10.%d.%d.%d".formatted(96 + (number >> 16), number >> 8 & 255, number & 255));
        made.getSpec().setClusterIPs(List.of(made.getSpec().getClusterIP()));
        return new RecordedRequest(
                request.getHttpVersion(),
                request.method(),
                request.getPath(),
                request.getHeaders(),
                new Buffer(json.asJson(made).getBytes(StandardCharsets.UTF_8)));
    }
}
