import java.io.File;
import java.util.HashSet;
import java.util.Set;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Asks veraPDF whether each file keeps every rule of PDF/UA-1 that a program can check.
 *
 * One JVM takes all the files, for it starts slower than it judges. Prints a line "checked FILE" a file, and before
 * it a line "FILE: rule CLAUSE-TEST, N times: MESSAGE" for each rule that is broken.
 */
public final class VeraPdf {
    public static void main(String[] files) {
        LogManager.getLogManager().reset(); // its warnings repeat what its results say
        VeraGreenfieldFoundryProvider.initialise();
        // Not fromString: that takes a name it does not know for PDF/A-1a.
        PDFAFlavour flavour = PDFAFlavour.byFlavourId("ua1");
        for (String file : files) {
            try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(file), flavour);
                    PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
                report(file, validator.validate(parser));
            } catch (Exception e) {
                System.out.printf("%s: cannot be judged: %s%n", file, e.getMessage());
            }
            System.out.printf("checked %s%n", file);
        }
    }

    private static void report(String file, ValidationResult result) {
        Set<RuleId> reported = new HashSet<>();
        for (TestAssertion test : result.getTestAssertions()) {
            RuleId rule = test.getRuleId();
            if (test.getStatus() == TestAssertion.Status.FAILED && reported.add(rule)) {
                String message = test.getErrorMessage() != null ? test.getErrorMessage() : test.getMessage();
                System.out.printf("%s: rule %s-%d, %d times: %s%n", file, rule.getClause(), rule.getTestNumber(),
                        result.getFailedChecks().get(rule), message);
            }
        }
        if (reported.isEmpty() && !result.isCompliant()) {
            System.out.printf("%s: breaks PDF/UA-1, and veraPDF does not say where%n", file);
        }
    }
}
