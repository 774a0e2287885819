// The words of /acronym in Arabic.
import type en from './en.js';

export default {
  about: 'شرح اختصارات مجتمع ICANN ومصطلحاته',
  aboutExplain: 'شرح اختصار أو مصطلح أو أكثر',
  optionTerm: 'اختصار أو مصطلح أو أكثر، مثل PDP',
  optionLanguage: 'لغة الشرح',
  explainAcronyms: 'شرح الاختصارات',
  formTitle: 'شرح اختصار',
  fieldTerm: 'الاختصار أو المصطلح',
  hintTerm: 'يمكن إدخال عدة: PDP وGNSO و«وضع السياسات»',
  fieldLanguage: 'اللغة',
  usedBy: 'يستخدمه: {body}',
  bodyGeneral: 'كثيرون داخل ICANN وخارجها',
  bodyRir: 'سجلات الإنترنت الإقليمية (RIR)',
  source: 'المصدر: ',
  seen: 'اطُّلع عليه في {month}',
  onlyEnglish: 'لا يوجد نص بهذه اللغة ({language}) بعد؛ يظهر بالإنجليزية.',
  senses:
    'لـ«{term}» {count, plural, zero {# معنى} one {معنى واحد} two {معنيان} few {# معانٍ} many {# معنى} other {# معنى}}:',
  notFound: '«{term}» غير موجود في المسرد.',
  didYouMean: 'هل تقصدون:',
  alsoFound: 'وُجد أيضًا:',
  noLetters: 'لا يوجد حرف ولا رقم هنا، فلا شيء للبحث عنه.',
  onlyFirst: 'شُرحت هنا الأولى فقط وعددها {count}؛ يُرجى السؤال عن البقية مجددًا.',
  share: 'مشاركة',
  sharePart: 'مشاركة الجزء {part}',
  shared: 'تمت المشاركة في هذه القناة.',
  sharedBy: 'شاركه ',
  noneInMessage: 'لا يوجد في هذه الرسالة أي اختصار من المسرد.',
  unknownLanguage: '«{typed}» ليست من اللغات المتاحة هنا، وهي: {languages}.',
} satisfies Record<keyof typeof en, string>;
