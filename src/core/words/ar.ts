// Core's own words in Arabic.
import type en from './en.js';

export default {
  oldButton: 'هذا الزر أو النموذج من إصدار أقدم من Rapporteur ولم يعد يعمل. يُرجى استخدام الأمر مرة أخرى.',
  draftGone: 'لم يعد هذا النموذج محفوظًا. يُرجى البدء من جديد.',
  staffOnly: 'هذا مخصص للفريق، أي أعضاء قناة الفريق.',
  adminsOnly: 'هذا مخصص لمسؤولي مساحة العمل هذه أو الخادم.',
  unknownWords: 'لا معنى لعبارة «{typed}» عند {command}. الكلمات المفهومة هي: {verbs}.',
  unknownWordsNear: 'لا معنى لعبارة «{typed}» عند {command}. هل تقصدون {near}؟ الكلمات المفهومة هي: {verbs}.',
  missingOption: 'يُرجى إضافة {option} إلى الأمر.',
  unknownId: 'لا يوجد شيء هنا بهذا المعرّف (ID). ربما كُتب خطأً أو أُزيل.',
  notRecorded: 'لم يُسجَّل هذا: المخزن لا يستجيب الآن. يُرجى المحاولة مرة أخرى بعد دقيقة.',
  fault: 'حدث خطأ من جانبنا وقد سُجّل. إذا تكرر، فأبلغوا القائم على تشغيل Rapporteur بهذا المرجع: {reference}.',
  openForm: 'فتح النموذج',
  formReady: 'النموذج جاهز.',
  formAgain: 'يحتاج هذا إلى مراجعة. ما كتبتموه محفوظ:',
  backToForm: 'العودة إلى النموذج',
  send: 'إرسال',
  translate: 'ترجمة',
  cancel: 'إلغاء',
  more: '(تتمة)',
  inviteMe:
    'لا يمكنني النشر في هذه القناة. يُرجى دعوتي (في Slack: /invite @Rapporteur، وفي Discord: السماح لدوري برؤية القناة وإرسال الرسائل) ثم المحاولة مجددًا.',
  channelGone: 'لم تعد تلك القناة موجودة، أو لم أُدعَ إليها قط.',
  lacksScope: 'ينقص تطبيق Slack الإذن {what}: أضيفوه في «OAuth & Permissions» ثم أعيدوا تثبيت التطبيق',
  lacksPermission: 'ينقص الدور في Discord إذن «{what}»: امنحوه من إعدادات الخادم، الأدوار',
  notConnected: 'غير متصل حاليًا: سيعود الاتصال تلقائيًا؛ وإن استمر ذلك فراجعوا السجل',
  commandsNotRegistered: 'الأوامر غير مسجلة: راجعوا السجل',
  blocked: 'تعذّر تسليم رسالة إلى {where}.',
  blockedNotInvited:
    'لم أُدعَ إلى هناك. يُرجى دعوتي (في Slack: /invite @Rapporteur، وفي Discord: السماح لدوري برؤية القناة وإرسال الرسائل).',
  blockedGone: 'لم تعد القناة أو الرسالة موجودة.',
  blockedForbidden: 'لا تسمح المنصة بذلك: تحققوا من صلاحيات التطبيق هناك.',
  blockedClosed: 'الرسائل المباشرة مغلقة هناك. لن تُجرى محاولة أخرى؛ يلزم طريق آخر.',
  blockedTooLate: 'جُرِّب الإرسال يومًا كاملًا دون نجاح ثم تُرك؛ أما الرسائل اللاحقة فستُجرَّب.',
  blockedUnanswered:
    'لم تُفد المنصة قط بما إذا كانت قد وصلت، ولن تُرسل مرة أخرى: يُرجى التحقق هناك، ونقلها بأنفسكم إن كانت ناقصة.',
  filesHere: 'إليكم ما طلبتموه.',
  filesSent: 'أُرسل إليكم في رسالة مباشرة: {files}.',
  filesComing: 'يُرسَل إليكم الآن في رسالة مباشرة: {files}.',
  filesLackScope:
    'لم يُرسَل: {files}. ينقص تطبيق Slack الإذن {what}؛ ويمكن لأحد المسؤولين إضافته في «OAuth & Permissions» ثم إعادة تثبيت التطبيق.',
  filesClosed: 'لم يُرسَل: {files}. لا تصلكم الرسائل المباشرة من هذا التطبيق.',
  filesForbidden: 'لم يُرسَل: {files}. لا تسمح بذلك قواعد مساحة العمل هذه أو الخادم.',
  filesTooLarge: 'لم يُرسَل: {files}. الحد الأقصى لحجم الملف هنا {most, number} ميغابايت.',
  filesNotNow: 'لم يُرسَل: {files}. يُرجى المحاولة مرة أخرى بعد دقيقة.',
} satisfies Record<keyof typeof en, string>;
