import com.adobe.epubcheck.api.EPUBLocation;
import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.api.MasterReport;
import com.adobe.epubcheck.messages.Message;
import com.adobe.epubcheck.messages.Severity;
import com.adobe.epubcheck.util.FeatureEnum;
import java.io.File;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * Asks EPUBCheck whether each file is a valid EPUB.
 *
 * One JVM takes all the files, for it starts slower than it judges. Prints a line "checked FILE" a file, and before
 * it a line "FILE: PLACE:LINE: CODE: MESSAGE" for each warning and each error.
 */
public final class EpubBooks {
    private static final Set<Severity> TOLD = EnumSet.of(Severity.WARNING, Severity.ERROR, Severity.FATAL);

    public static void main(String[] files) {
        Locale.setDefault(Locale.ENGLISH);
        for (String file : files) {
            try {
                new EpubCheck(new File(file), new Lines(file)).check();
            } catch (RuntimeException e) {
                System.out.printf("%s: cannot be judged: %s%n", file, e);
            }
            System.out.printf("checked %s%n", file);
        }
    }

    private static final class Lines extends MasterReport {
        private final String file;

        Lines(String file) {
            this.file = file;
            setEpubFileName(file);
        }

        @Override
        public void message(Message message, EPUBLocation place, Object... arguments) {
            if (TOLD.contains(message.getSeverity())) {
                String words = message.getMessage(arguments).replaceAll("\\s+", " ");
                System.out.printf("%s: %s:%d: %s: %s%n", file, place.getPath(), place.getLine(), message.getID(), words);
            }
        }

        @Override
        public void info(String resource, FeatureEnum feature, String value) {}

        @Override
        public int generate() {
            return 0;
        }

        @Override
        public void initialize() {}
    }
}
