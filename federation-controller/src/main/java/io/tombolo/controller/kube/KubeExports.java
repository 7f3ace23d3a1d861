package io.tombolo.controller.kube;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.tombolo.controller.store.ParsedResource;
import io.tombolo.controller.store.ResourceKey;
import io.tombolo.controller.store.ResourceKind;
import io.tombolo.controller.store.ResourceStore;
import io.tombolo.controller.store.StoredResource;
import io.tombolo.model.fault.Fault;
import io.tombolo.model.fault.TomboloException;
import io.tombolo.model.name.ServiceName;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the exports of this cluster equal to the ServiceExports of its API server, and says in each what became of it. */
public final class KubeExports implements AutoCloseable {
    /** What resources from here have as their source. */
    static final String SOURCE = "kubernetes";

    private static final Logger LOG = LoggerFactory.getLogger(KubeExports.class);

    /** Changes wait so long for others. */
    private static final long GATHER_MILLIS = 100;

    /** What the federation says changes without a word from the API server. */
    private static final long LOOK_SECONDS = 2;

    /** List requests ask for so many objects at once. */
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final ResourceStore store;
    private final ExportNews news;
    private final StatusWriter statuses;
    private final SharedIndexInformer<GenericKubernetesResource> exports;
    private final SharedIndexInformer<Service> services;
    private final AtomicBoolean dirty = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("kubernetes").factory());
    private volatile String lastTrouble = "";

    /** Connects to nobody yet. */
    public KubeExports(KubeSettings settings, ResourceStore store, ExportNews news, InstantSource clock) {
        this(settings.client(), store, news, clock);
    }

    KubeExports(KubernetesClient client, ResourceStore store, ExportNews news, InstantSource clock) {
        this.client = client;
        this.store = store;
        this.news = news;
        this.statuses = new StatusWriter(client, clock);
        this.exports = client.genericKubernetesResources(ExportObject.KIND)
                .inAnyNamespace()
                .withLimit(PAGE)
                .runnableInformer(0);
        this.services = client.services().inAnyNamespace().withLimit(PAGE).runnableInformer(0);
    }

    /** Begins to watch; an API server that does not answer is asked again and again. */
    public void start() {
        begin(exports);
        begin(services);
        var _ = thread.scheduleWithFixedDelay(this::look, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    private <T extends HasMetadata> void begin(SharedIndexInformer<T> informer) {
        informer.addEventHandler(new Changed<>());
        informer.exceptionHandler((started, failed) -> {
            troubled(failed);
            return true;
        });
        informer.start();
    }

    /** On threads of the informers. */
    private final class Changed<T> implements ResourceEventHandler<T> {
        @Override
        public void onAdd(T object) {
            changed();
        }

        @Override
        public void onUpdate(T before, T after) {
            changed();
        }

        @Override
        public void onDelete(T object, boolean unknown) {
            changed();
        }
    }

    private void changed() {
        if (dirty.compareAndSet(false, true) && !thread.isShutdown()) {
            var _ = thread.schedule(this::look, GATHER_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Looks once; on the room's thread. */
    void look() {
        dirty.set(false);
        // Before both lists are here, what is missing is not known to be missing.
        if (!exports.hasSynced() || !services.hasSynced()) {
            return;
        }
        try {
            if (sync()) {
                lastTrouble = "";
            }
        } catch (RuntimeException failed) {
            troubled(failed); // whatever it is, it must not end this thread
        }
    }

    /** @return whether every status says what it should */
    private boolean sync() {
        boolean said = true;
        Map<ServiceName, Service> byName = new HashMap<>();
        services.getStore()
                .list()
                .forEach(service -> ExportObject.name(service).ifPresent(name -> byName.put(name, service)));
        Map<ResourceKey, ExportReading> readings = new HashMap<>();
        for (GenericKubernetesResource object : exports.getStore().list()) {
            ExportObject export = ExportObject.of(object);
            ExportReading reading = kept(export, export.name().map(byName::get));
            export.name().ifPresent(name -> readings.put(key(name), reading));
            said &= say(object, export, reading);
        }
        store.list(ResourceKind.SERVICE_EXPORT).stream()
                .filter(kept -> kept.source().equals(SOURCE))
                .filter(kept ->
                        readings.getOrDefault(kept.key(), ExportReading.NO_NAME) instanceof ExportReading.Invalid)
                .forEach(kept -> store.delete(kept.key()));
        return said;
    }

    /** What one cannot keep is its own trouble, and nobody else's. */
    private ExportReading kept(ExportObject export, Optional<Service> service) {
        ExportReading reading = ExportReading.of(export, service);
        if (reading instanceof ExportReading.Valid(ParsedResource resource, List<String> leftOut)) {
            try {
                keep(resource, export);
            } catch (TomboloException failed) {
                return new ExportReading.NotKept(leftOut, String.valueOf(failed.getMessage()));
            }
        }
        return reading;
    }

    /** One that was made anew is another one, with another place among those that contradict each other. */
    private void keep(ParsedResource resource, ExportObject export) {
        Optional<StoredResource> kept = store.find(resource.key());
        if (kept.filter(old -> !old.createdAt().equals(export.createdAt())).isPresent()) {
            store.delete(resource.key());
        }
        store.put(resource, SOURCE, export.createdAt().truncatedTo(ChronoUnit.MILLIS));
    }

    private boolean say(GenericKubernetesResource object, ExportObject export, ExportReading reading) {
        Optional<ResourceKey> key = export.name().map(KubeExports::key);
        try {
            statuses.write(
                    object,
                    export,
                    ExportStanding.of(reading, key.flatMap(news::published), key.flatMap(news::conflict)));
            return true;
        } catch (KubernetesClientException refused) {
            troubled(refused);
            return false;
        }
    }

    private static ResourceKey key(ServiceName name) {
        return new ResourceKey(ResourceKind.SERVICE_EXPORT, name);
    }

    /** Once for each kind of trouble: it is asked again all the time. */
    private void troubled(Throwable failed) {
        String what = failed.getClass().getSimpleName() + ": " + failed.getMessage();
        if (!what.equals(lastTrouble)) {
            lastTrouble = what;
            LOG.atWarn()
                    .addKeyValue("code", Fault.KUBERNETES_UNREACHABLE.code())
                    .addKeyValue("fault", what)
                    .log("the Kubernetes API does not do what is asked; what was known stays in use");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
        exports.stop();
        services.stop();
        client.close();
    }
}
