"""What a drawing may hold: names from SVG 1.1 and SVG 2. What is in no table does not leave the series."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\S+", text))


#: Elements that are drawn, or that say how.
ELEMENTS = _words(
    "svg g defs symbol use title desc style switch image path rect circle ellipse line polyline polygon text"
    " tspan textPath linearGradient radialGradient stop pattern clipPath mask marker view filter feBlend"
    " feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap"
    " feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge"
    " feMergeNode feMorphology feOffset fePointLight feSpecularLighting feSpotLight feTile feTurbulence"
)
#: Elements whose text is read or seen. In others text is only what an editor put between the lines.
WORDED = _words("text tspan textPath title desc style")
#: Of these, those whose letters are drawn.
DRAWN = _words("text tspan textPath")
#: What would do something: programs in the drawing.
PROGRAMS = _words("script handler listener")
MOVEMENTS = _words("animate animateColor animateMotion animateTransform discard mpath set")
#: What may point to another element of the drawing, or show a picture that is in the drawing itself.
PICTURES = _words("image feImage")
#: Attributes of geometry and structure.
_STRUCTURE = _words(
    "id class x y x1 y1 x2 y2 dx dy cx cy r rx ry fx fy fr width height d points transform viewBox"
    " preserveAspectRatio pathLength rotate textLength lengthAdjust startOffset method spacing side path offset"
    " gradientUnits gradientTransform spreadMethod patternUnits patternContentUnits patternTransform"
    " clipPathUnits maskUnits maskContentUnits markerUnits markerWidth markerHeight refX refY orient"
    " filterUnits primitiveUnits lang xml:lang xml:space type media version"
)
_FILTERS = _words(
    "in in2 result mode values tableValues slope intercept amplitude exponent operator k1 k2 k3 k4 order"
    " kernelMatrix divisor bias targetX targetY edgeMode kernelUnitLength preserveAlpha surfaceScale"
    " diffuseConstant scale xChannelSelector yChannelSelector azimuth elevation stdDeviation radius"
    " specularConstant specularExponent z pointsAtX pointsAtY pointsAtZ limitingConeAngle baseFrequency"
    " numOctaves seed stitchTiles"
)
#: Attributes that are style, and may name an element of the drawing with url(#...).
_STYLE = _words(
    "alignment-baseline baseline-shift clip clip-path clip-rule color color-interpolation"
    " color-interpolation-filters color-rendering direction display dominant-baseline fill fill-opacity"
    " fill-rule filter flood-color flood-opacity font-family font-size font-size-adjust font-stretch font-style"
    " font-variant font-weight glyph-orientation-horizontal glyph-orientation-vertical image-rendering"
    " isolation kerning letter-spacing lighting-color marker marker-end marker-mid marker-start mask mask-type"
    " mix-blend-mode opacity overflow paint-order shape-rendering stop-color stop-opacity stroke"
    " stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity"
    " stroke-width text-anchor text-decoration text-overflow text-rendering transform-box transform-origin"
    " unicode-bidi vector-effect visibility white-space word-spacing writing-mode"
)
ATTRIBUTES = _STRUCTURE | _FILTERS | _STYLE
#: Attributes that change nothing that is seen: notes for programs. They go without a word.
INERT = _words(
    "content host baseProfile contentScriptType contentStyleType enable-background zoomAndPan pointer-events"
    " cursor tabindex focusable role requiredFeatures requiredExtensions systemLanguage xml:base xml:id"
    " externalResourcesRequired color-profile nonce crossorigin decoding fetchpriority background-color align"
    " overflow-wrap filterRes xlink:type xlink:title xlink:show xlink:role xlink:arcrole xlink:actuate"
    " viewTarget t-id space"
)
INERT_PREFIXES = ("data-", "aria-", "_", "ns")
#: Functions that a style's value may call. None of them loads anything.
FUNCTIONS = _words(
    "rgb rgba hsl hsla hwb lab lch oklab oklch color color-mix light-dark var calc min max clamp matrix"
    " matrix3d translate translatex translatey scale scalex scaley rotate skewx skewy skew blur brightness"
    " contrast drop-shadow grayscale hue-rotate invert opacity saturate sepia inset circle ellipse polygon path"
    " rect translate3d translatez scale3d rotate3d rotatex rotatey rotatez perspective icc-color device-cmyk"
)
